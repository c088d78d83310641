/** Apps that install other apps, as Android names them. Last checked on 26 November 2026; general knowledge. */
export type Installer = 'store' | 'by-hand' | 'by-cable' | 'other-app'

const stores: ReadonlySet<string> = new Set([
  'com.android.vending',
  'com.google.android.feedback',
  'com.sec.android.app.samsungapps',
  'com.amazon.venezia',
  'com.huawei.appmarket',
  'com.xiaomi.mipicks',
  'com.xiaomi.market',
  'com.oppo.market',
  'com.heytap.market',
  'com.vivo.appstore',
  'com.bbk.appstore',
])

const byHand: ReadonlySet<string> = new Set([
  'com.google.android.packageinstaller',
  'com.android.packageinstaller',
  'com.samsung.android.packageinstaller',
  'com.miui.packageinstaller',
])

const byCable: ReadonlySet<string> = new Set(['com.android.shell', 'adb'])

/** How an app was installed, from the installer a list names. */
export function findInstaller(name: string): Installer {
  if (stores.has(name)) return 'store'
  if (byHand.has(name)) return 'by-hand'
  return byCable.has(name) ? 'by-cable' : 'other-app'
}
