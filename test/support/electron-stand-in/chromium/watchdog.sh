#!/bin/sh
# Outlives the stand-in's main process and cleans up after it, also after kill -9: it reads `add PID`, `del PID` (a
# negative PID is a process group) and `dir PATH` lines until its standard input closes, which is the main
# process's death; then it kills what is left and removes the folder.
pids=''
dir=''
while read -r verb value; do
  case "$verb" in
    add) pids="$pids $value" ;;
    del)
      kept=''
      for pid in $pids; do [ "$pid" = "$value" ] || kept="$kept $pid"; done
      pids=$kept
      ;;
    dir) dir=$value ;;
  esac
done
for pid in $pids; do kill -s KILL -- "$pid" 2>/dev/null; done
# Dying processes may still write into the folder while it is being removed, hence the few tries.
for _ in 1 2 3 4 5 6 7 8 9 10; do
  [ -n "$dir" ] && rm -rf -- "$dir" 2>/dev/null
  [ -e "$dir" ] || exit 0
  sleep 0.1
done
