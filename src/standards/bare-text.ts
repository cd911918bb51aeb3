/**
 * Characters in their older form, each beside today's: those that words of topics and ties are likely to be written with.
 * A whole dictionary would be half a megabyte for the sake of these.
 */
const older = `
  殘残 狀状 況况 訪访 訴诉 舉举 報报 網网 絡络 論论 評评 發发 轉转 視视 頻频 謠谣 傳传 佈布 負负 當当 計计 劃划 節节 養养 離离 結结 禮礼 單单 喪丧 獨独 戶户 貧贫 窮穷 難难 檔档 監监 測测 脫脱 濟济 邊边 緣缘 齡龄 歲岁 歳岁 數数 鄰邻 裡里 裏里 糾纠 紛纷 債债
  務务 爭争 議议 經经 電电 費费 氣气 採采 寬宽 帶带 話话 機机 紋纹 臉脸 別别 識识 樣样 聲声 遷迁 徵征 補补 償偿 簽签 約约 釘钉 頂顶 撐撑 聽听 態态 對对 幹干 領领 導导 組组 織织 黨党 員员 課课 會会 團团 廟庙 燒烧 製制 敎教 親亲 屬属 處处 罰罚 賭赌 獄狱
  隊队 軍军 優优 險险 醫医 療疗 學学 陞升 與与 鉤钩 掛挂 資资 貼贴 貸贷 證证 開开 辦办 撫抚 卹恤 遺遗 體体 檢检 藥药 臥卧 癱瘫 輪轮 聾聋 啞哑 礙碍 腫肿 壓压 懷怀 產产 絕绝 紮扎 獻献 榮荣 譽誉 懲惩 譴谴 責责 準准 給给 讓让 許许 暫暂 緩缓 減减 剝剥 奪夺
  斷断 專专 業业 無无 條条 個个 們们 這这 還还 從从 來来 為为 種种 類类 級级 將将 間间 關关 係系 應应 該该 實实 際际 過过 進进 現现 歷历 滿满 齊齐 鄉乡 鎮镇 縣县 門门 問问 題题 點点 線线 護护 觀观 場场 園园 廠厂 農农 價价 嚴严 質质 車车 號号 賬账 帳账
  孫孙 婦妇 媽妈 爺爷 兒儿 連连 誰谁 誠诚 謊谎 詐诈 騙骗 違违 規规 錄录 錢钱 銀银 閱阅 闆板 鬧闹 纏缠 熱热 廣广 強强 執执 遞递 遲迟 靈灵 維维 爾尔 萊莱 靜静 惡恶 癥症 瘋疯 慮虑 憂忧 鬱郁 臟脏 傷伤 齋斋 廳厅 衛卫 齒齿 驅驱 環环 潔洁 備备 註注 冊册 驗验
  審审 駐驻 駁驳
`;
const today: ReadonlyMap<string, string> = new Map(older.trim().split(/\s+/).map(pair => [pair.charAt(0), pair.charAt(1)]));

/** A text as the gate reads it: one width, small letters, today's characters, without accents, spaces, marks and invisible signs, so that 「低 保」, 「信．訪」 and 「xìn fǎng」 are found too. */
export const bareText = (text: string): string =>
  Array.from(text.normalize('NFKD').replace(/[\s\p{P}\p{S}\p{M}\p{Cf}]/gu, '').toLowerCase(), character => today.get(character) ?? character).join('');
