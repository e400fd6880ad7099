/// The icons of the Tango theme that show a thing, and what they show.
enum TangoIcons {
    /// One icon.
    struct Icon: Sendable {
        /// The file below the folder of the theme, without its ending.
        let path: String
        /// What kind of thing it is.
        let kind: String
        /// Its name in English.
        let english: String
        /// Its name in Chinese.
        let chinese: String
    }

    /// All of them.
    static let all: [Icon] = table.split(separator: "\n").compactMap { line in
        let parts = line.split(separator: "|").map(String.init)
        guard parts.count == 4 else { return nil }
        return Icon(path: parts[0], kind: parts[1], english: parts[2], chinese: parts[3])
    }

    private static let table = """
        devices/audio-input-microphone|devices|microphone|麦克风
        devices/battery|devices|battery|电池
        devices/camera-photo|devices|camera|照相机
        devices/camera-video|devices|video camera|摄像机
        devices/computer|devices|desktop computer|台式电脑
        devices/drive-harddisk|devices|hard disk|硬盘
        devices/input-gaming|devices|game controller|游戏手柄
        devices/input-keyboard|devices|keyboard|键盘
        devices/input-mouse|devices|computer mouse|鼠标
        devices/media-floppy|devices|floppy disk|软盘
        devices/media-optical|devices|optical disk|光盘
        devices/media-flash|devices|memory card|存储卡
        devices/multimedia-player|devices|music player|音乐播放器
        devices/printer|devices|printer|打印机
        devices/video-display|devices|monitor|显示器
        devices/audio-card|devices|sound card|声卡
        emotes/face-angel|emotes|face with halo|头顶光环的笑脸
        emotes/face-crying|emotes|crying face|哭脸
        emotes/face-devilish|emotes|smiling face with horns|长角的笑脸
        emotes/face-glasses|emotes|face with glasses|戴眼镜的脸
        emotes/face-grin|emotes|grinning face|笑嘻嘻的脸
        emotes/face-kiss|emotes|kissing face|亲吻的脸
        emotes/face-monkey|emotes|monkey|猴子
        emotes/face-plain|emotes|neutral face|面无表情的脸
        emotes/face-sad|emotes|sad face|悲伤的脸
        emotes/face-smile|emotes|smiling face|笑脸
        emotes/face-smile-big|emotes|big smile|大笑的脸
        emotes/face-surprise|emotes|surprised face|惊讶的脸
        emotes/face-wink|emotes|winking face|眨眼的脸
        apps/accessories-calculator|objects|calculator|计算器
        apps/accessories-text-editor|objects|notepad and pencil|记事本和铅笔
        apps/help-browser|objects|life belt|救生圈
        apps/internet-mail|objects|envelope|信封
        apps/internet-web-browser|objects|globe|地球
        apps/internet-news-reader|objects|newspaper|报纸
        apps/office-calendar|objects|calendar|日历
        apps/utilities-terminal|objects|terminal window|终端窗口
        apps/system-file-manager|objects|filing cabinet|文件柜
        apps/system-users|objects|two people|两个人
        apps/preferences-desktop-font|objects|letter|字母
        apps/preferences-desktop-accessibility|objects|wheelchair symbol|轮椅标志
        apps/preferences-desktop-wallpaper|objects|picture|图片
        apps/preferences-desktop-screensaver|objects|moon and stars|月亮和星星
        categories/applications-games|objects|joystick|操纵杆
        categories/applications-graphics|objects|brush and paint|画笔和颜料
        categories/preferences-system|objects|tools|工具
        places/folder|objects|folder|文件夹
        places/user-home|objects|house|房子
        places/user-desktop|objects|desk|桌面
        places/user-trash|objects|wastebasket|废纸篓
        status/user-trash-full|objects|full wastebasket|装满的废纸篓
        status/folder-open|objects|open folder|打开的文件夹
        status/audio-volume-high|objects|loudspeaker|扬声器
        status/dialog-warning|objects|warning sign|警告标志
        status/dialog-error|objects|stop sign|停止标志
        status/mail-attachment|objects|paper clip|回形针
        status/weather-clear|weather|sun|太阳
        status/weather-clear-night|weather|moon|月亮
        status/weather-few-clouds|weather|sun behind a cloud|云后的太阳
        status/weather-few-clouds-night|weather|moon behind a cloud|云后的月亮
        status/weather-overcast|weather|clouds|云
        status/weather-showers|weather|rain cloud|雨云
        status/weather-snow|weather|snow cloud|雪云
        status/weather-storm|weather|storm cloud with lightning|闪电和乌云
        """
}
