// Made from the catalogues by `npm run words`.
export default {"closed":{"revoked":{"heading":`This link was revoked.`,
"body":`Its owner ended it, or gave the room a new address. Ask whoever sent it for the new one.`},
"expired":{"heading":`The time of this link is over.`,
"body":`It opened the room for a while only. Ask whoever sent it for a new one.`},
"removed":{"heading":`The owner removed you from this room.`,
"body":`This browser cannot come back by this link. What you wrote there is still in the room.`}},
"gate":{"heading":`This room has a password.`,
"field":`Password`,
"enter":`Enter`,
"wrong":`That is not it.`,
"slow":(args, formatter) => `Too many tries. Try again in ${formatter.number(args.a)} s.`,
"unreachable":`The server does not answer. Try again in a moment.`}};
