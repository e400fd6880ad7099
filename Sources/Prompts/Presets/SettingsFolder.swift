import Foundation

/// Where a person's own settings are kept.
enum SettingsFolder {
    /// `atelier` where the system keeps settings.
    static var url: URL {
        let environment = ProcessInfo.processInfo.environment
        let folder =
            environment["XDG_CONFIG_HOME"].map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".config")
        return folder.appending(path: "atelier")
    }
}
