/** How a host ends the session, wherever that is offered. */
export const ending = {
  offer: "إنهاء الجلسة…",
  title: "إنهاء هذه الجلسة؟",
  text: "لن يستطيع أحد التفاعل بعدها، وتودّع كل الهواتف. تبقى النتائج.",
  publish: "السماح للجميع برؤية النتائج",
  confirm: "إنهاء الجلسة",
};
