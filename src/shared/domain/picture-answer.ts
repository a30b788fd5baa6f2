/** Changes with the words that a model is told beside a picture: an answer to other words is another answer. */
export const picturePromptVersion = 1;

/** The line between what is written on a picture and what is to be seen on it, in an answer of a model. */
export const pictureBorder = '=====';

/** Pictures of one document that a model is shown: a long chapter, and a cost that nobody is surprised by. */
export const pictureLimit = 300;
