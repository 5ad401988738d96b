// Made from the catalogues by `npm run words`.
export default {"label":`Side panel`,
"close":`Close the panel`,
"people":`People`,
"chat":`Chat`,
"comments":`Comments`,
"outline":`Outline`};
