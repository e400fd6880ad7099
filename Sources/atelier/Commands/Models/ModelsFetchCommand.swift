import ArgumentParser
import Foundation
import Generation
import Hub
import Weights

/// `atelier models fetch`: brings a published model here.
struct ModelsFetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Fetch a published model into the cache that programs share, and add it.",
        discussion: """
            What is cut off goes on where it ended; checksums are checked; a model that another program \
            has fetched is used where it is. HF_ENDPOINT names a mirror, HF_TOKEN a token, HF_HUB_CACHE the \
            folder, HF_HUB_OFFLINE=1 forbids the network, https_proxy names a proxy. \
            Example: atelier models fetch janus-pro-1b --accept-licence
            """
    )

    @Argument(help: "A name of 'atelier models list', or a repository such as org/name.")
    var model: String

    @Option(help: "A branch, a tag or a commit.")
    var revision = "main"

    @Option(help: "What the model is called here; the repository's name by default.")
    var name: String?

    @Flag(name: .customLong("accept-licence"), help: "Agree to the licence that is shown.")
    var accepts = false

    @Flag(help: "Replace a model of the same name.")
    var replace = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let known = KnownModel.named(model)
        if let known, known.repository == nil { throw ValidationError(Self.elsewhere(known)) }
        let repository = known?.repository ?? model
        guard Hub.isRepository(repository) else {
            throw ValidationError(
                "'\(model)' is no known model and no repository; 'atelier models list' names what can be fetched."
            )
        }
        let installed = InstalledModels()
        let called =
            name ?? known?.name
            ?? InstalledModels.name(from: String(repository.split(separator: "/")[1]))
        if !replace, installed.place(of: called) != nil {
            throw GenerationError.modelExists(name: called, folder: installed.folder.path)
        }
        let settings = try HubSettings()
        let folder = try await fetched(repository, known, settings)
        let added = try installed.add(Self.model(in: folder), as: called, replaces: replace)
        for entry in added {
            Console.say(ModelRow(entry: entry, isBundled: false).text, output)
            Console.say("draw with: atelier imagine \"…\" --model \(entry.name)", output)
        }
        if output.json { Console.json(added) }
    }

    /// What to do about a model that no repository is known of.
    private static func elsewhere(_ known: KnownModel) -> String {
        "'\(known.name)' lies in no repository that is known here. Put its files in a folder of their own"
            + " (\(known.origin ?? "from whoever published it")), then: atelier models add FOLDER --name \(known.name)"
    }

    /// What is added of a folder: all of it, or its one file of weights.
    private static func model(in folder: URL) throws -> URL {
        if PublishedFolder.isOne(folder) { return folder }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let weights = names.filter { $0.hasSuffix(".safetensors") || $0.hasSuffix(".bin") }
        return weights.count == 1 ? folder.appending(path: weights[0]) : folder
    }

    /// The folder with all files, from the cache alone where the network may not be used.
    private func fetched(
        _ repository: String,
        _ known: KnownModel?,
        _ settings: HubSettings
    ) async throws -> URL {
        let cache = HubCache(settings.cache)
        if settings.isOffline, let commit = cache.commit(repository, revision: revision) {
            return cache.snapshot(repository, commit: commit)
        }
        let hub = Hub(settings)
        let listing = try await hub.listing(repository, revision: revision)
        let licences = AcceptedLicences(in: InstalledModels().folder)
        let licence = known?.licence ?? listing.licence ?? "not named on the model's page"
        if !licences.has(repository) {
            Console.say("licence of \(repository): \(licence)", output)
            guard accepts else {
                throw ValidationError(
                    "Read the licence, and agree to it with --accept-licence; it is asked once."
                )
            }
            try licences.accept(repository, licence)
        }
        let wanted = KnownModel.wanted(of: listing.files.map(\.path))
        guard wanted.contains(where: { $0.hasSuffix(".safetensors") || $0.hasSuffix(".bin") })
        else {
            throw ValidationError("\(repository) has no weights in .safetensors or .bin.")
        }
        let pace = FetchPace(output)
        return try await hub.fetch(listing, wanted, revision: revision, tell: pace.tell)
    }
}

/// `atelier models verify`: sums up what was fetched.
struct ModelsVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the files of a model that was fetched against their checksums.",
        discussion: "The exit status is 3 when a file is not what it was."
    )

    @Argument(help: "The model's name.")
    var name: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let models = InstalledModels()
        _ = try models.entry(name)
        guard let place = models.place(of: name) else { throw ExitCode(1) }
        let folder = place.resolvingSymlinksInPath()
        let found = try HubCache.damaged(in: folder)
        guard let found else {
            throw ValidationError(
                "'\(name)' was not fetched, so there are no checksums to check it against."
            )
        }
        for file in found.damaged {
            Console.say("damaged: \(file); fetch the model again", output)
        }
        if found.damaged.isEmpty {
            Console.say("\(found.checked) files are as they were published", output)
        }
        if output.json { Console.json(found) }
        if !found.damaged.isEmpty { throw ExitCode(3) }
    }
}

/// `atelier models prune`: removes what was begun and never finished.
struct ModelsPruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove pieces of models whose fetching was given up."
    )

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let bytes = try HubCache(HubSettings().cache).prune()
        Console.say("freed \(bytes) bytes", output)
        if output.json { Console.json(["freed": bytes]) }
    }
}
