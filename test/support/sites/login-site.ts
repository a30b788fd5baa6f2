import type { LocalSite, Site } from './local-sites.ts';
import { serveSite } from './local-sites.ts';

/** Whom the site knows. The password has signs that each way of writing it changes. */
export const customer = { user: 'anna@shop.example', password: 'Tr0ub4dor&3 "чай"/+' } as const;
/** Of the cookie that says who is signed in. */
export const sessionToken = 'session-5b1f0c9e';
/** What the site stores in the browser. */
export const storedMark = 'seen-the-news';

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><body>${body}`;
const inHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const form = `<h1>Sign in</h1><form action="/in" method="post">
<label>User <input name="user" type="email"></label><label>Password <input name="password" type="password"></label>
<label>Note <input name="note"></label><button>Sign in</button></form>
<button type="button" onclick="document.querySelector('[name=password]').type='text'">Show password</button>`;

/** A careless page: it repeats the password in every way there is. */
const echo = page(
  `Echo ${inHtml(customer.password)}`,
  `<p>Your password is ${inHtml(customer.password)}, ${inHtml(customer.user)}.</p>
<a href="/echo?p=${encodeURIComponent(customer.password)}&amp;b=${encodeURIComponent(Buffer.from(customer.password).toString('base64'))}">Again</a>
<p>${Buffer.from(`${customer.user}:${customer.password}`).toString('base64')}</p><input aria-label="Copy" value="${inHtml(customer.password)}">
<ul><li class="row">${inHtml(customer.password)}</li></ul><button onclick="alert(document.querySelector('li').textContent)">Tell</button>`,
);

/** The next request for this path is taken and never answered. */
type HoldNext = (path: string, arrived: () => void) => void;

/** A site that lets its customer in, and everybody who has the cookie. */
export function loginSite(): Site & { readonly signedIn: readonly string[]; readonly holdNext: HoldNext } {
  let held: { readonly path: string; readonly arrived: () => void } | null = null;
  const orders: string[] = [];
  const signedIn: string[] = [];
  return {
    orders,
    signedIn,
    holdNext(path, arrived) {
      held = { path, arrived };
    },
    answer(url, body) {
      if (held?.path === url.pathname) {
        const { arrived } = held;
        held = null;
        return arrived;
      }
      if (url.pathname === '/in' && body !== null) {
        const given = new URLSearchParams(body);
        if (given.get('user') !== customer.user || given.get('password') !== customer.password)
          return page('No', '<h1>Wrong password</h1>');
        signedIn.push(customer.user);
        return (_request, response) => {
          response.writeHead(302, { location: '/account', 'set-cookie': `sid=${sessionToken}; HttpOnly; Path=/` }).end();
        };
      }
      if (url.pathname === '/account')
        return (request, response) => {
          const isIn = request.headers.cookie?.includes(`sid=${sessionToken}`) === true;
          response
            .writeHead(isIn ? 200 : 302, { 'content-type': 'text/html; charset=utf-8', ...(isIn ? {} : { location: '/' }) })
            .end(
              page(
                'Account',
                `<h1>Your account</h1><p id="mark"></p><script>mark.textContent=localStorage.getItem('mark')??'first visit';localStorage.setItem('mark','${storedMark}')</script>`,
              ),
            );
        };
      if (url.pathname === '/echo') return echo;
      if (url.pathname === '/framed') return page('Framed', `<iframe title="Sign in" src="${url.searchParams.get('in') ?? '/'}"></iframe>`);
      return url.pathname === '/' ? page('Sign in', form) : null;
    },
  };
}

export async function serveLoginSite(address?: string): Promise<LocalSite & Pick<ReturnType<typeof loginSite>, 'signedIn' | 'holdNext'>> {
  const site = loginSite();
  const served = await serveSite(site, address);
  return { ...served, signedIn: site.signedIn, holdNext: site.holdNext, [Symbol.asyncDispose]: () => served[Symbol.asyncDispose]() };
}
