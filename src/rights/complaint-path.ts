/** Where to go with a reply that does not satisfy; printed on every one of them. Days for the central bank's branch: 征信业管理条例 26. */
export const complaintPath: readonly string[] = [
  '一、对答复不满意，先到镇信用评定委员会说，七个工作日内书面答复；还不满意，到县信用评定领导小组说。当面、打电话、请人代说都行。',
  '二、银行怎么查、怎么用您家的结果，您觉得不对，可以向人民银行当地分支机构投诉，受理后三十天内书面答复。',
  '三、您也可以依法申请行政复议，或者到法院起诉。投诉不收钱，不影响您家的评定，也不影响办任何事。',
];
