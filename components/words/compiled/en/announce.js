// Made from the catalogues by `npm run words`.
export default {"joined":(args) => `${args.a} joined.`,
"left":(args) => `${args.a} left.`,
"manyJoined":(args, formatter) => `${formatter.number(args.a)} people joined.`,
"manyLeft":(args, formatter) => `${formatter.number(args.a)} people left.`,
"editing":(args, formatter) => `${args.a} is editing line ${formatter.number(args.b)}.`};
