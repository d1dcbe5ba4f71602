/** Apart from the other words, which are loaded with what could not be. */
export const notLoaded = "لا يمكن عرض أحد الأسئلة الآن. نواصل المحاولة.";
