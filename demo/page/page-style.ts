/** What stands around the blocks: Slack's channel column, legible on a phone. */
export const PAGE_STYLE = `
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.46 Lato, 'Helvetica Neue', Helvetica, 'Segoe UI', Arial, sans-serif; color: #1d1c1d; background: #fff; }
header, main, footer { max-width: 860px; margin: 0 auto; padding: 0 20px; }
header { border-bottom: 1px solid #ddd; padding: 10px 20px; }
h1 { margin: 0; font-size: 18px; }
header p { margin: 0; color: #616061; font-size: 13px; }
article { margin: 14px 0 22px; }
.thread { margin: 4px 0 0 18px; padding-left: 24px; border-left: 3px solid #e8e8e8; }
.count { margin: 8px 0 4px; color: #1264a3; font-size: 13px; font-weight: 700; }
aside { background: #f8f8f8; border-radius: 8px; padding: 4px 14px 10px; margin: 14px 0; }
aside .count { color: #616061; font-weight: 400; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
footer { position: sticky; bottom: 0; background: #fff; border-top: 1px solid #ddd; padding: 10px 20px 14px; }
footer form { display: flex; gap: 8px; }
footer label { flex: 1; display: flex; gap: 6px; align-items: center; border: 1px solid #bbb; border-radius: 8px; padding: 6px 10px; }
footer input { flex: 1; border: 0; outline: 0; font: inherit; }
footer button { border: 0; border-radius: 6px; background: #007a5a; color: #fff; font: inherit; font-weight: 700; padding: 6px 14px; cursor: pointer; }
footer ul { display: flex; flex-wrap: wrap; gap: 6px; list-style: none; margin: 10px 0 0; padding: 0; }
footer .suggestion { background: #f1f1f1; color: #1264a3; font-weight: 400; font-size: 13px; padding: 3px 10px; }
`;
