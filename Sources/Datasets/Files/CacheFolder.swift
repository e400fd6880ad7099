import Foundation

/// Where this user's decoded pictures and fetched data sets are kept.
public enum CacheFolder {
    /// The folder all others are in: `ATELIER_CACHE`, else `$XDG_CACHE_HOME/atelier`, else
    /// `~/.cache/atelier`.
    public static func root(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> URL {
        if let path = environment["ATELIER_CACHE"], !path.isEmpty {
            return URL(filePath: path, directoryHint: .isDirectory)
        }
        if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") {
            return URL(filePath: path, directoryHint: .isDirectory)
                .appending(path: "atelier", directoryHint: .isDirectory)
        }
        let home = environment["HOME"].map { URL(filePath: $0, directoryHint: .isDirectory) }
        return (home ?? FileManager.default.homeDirectoryForCurrentUser)
            .appending(path: ".cache/atelier", directoryHint: .isDirectory)
    }

    /// Decoded pictures.
    public static func pictures(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> URL {
        root(environment: environment).appending(path: "data", directoryHint: .isDirectory)
    }

    /// Networks that judge drawings.
    public static func judges(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> URL {
        root(environment: environment).appending(path: "judges", directoryHint: .isDirectory)
    }

    /// Data sets as they were fetched, a folder for each.
    public static func downloads(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> URL {
        root(environment: environment).appending(path: "datasets", directoryHint: .isDirectory)
    }

    /// Packages that were unpacked without being installed, a folder for each.
    public static func packages(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> URL {
        root(environment: environment).appending(path: "packages", directoryHint: .isDirectory)
    }
}
