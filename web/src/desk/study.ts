/** The tag of cases that are worth a case study; the same in every language, so that one list has them all. */
export const STUDY_TAG = '\u6848\u4f8b\u5019\u9009';
