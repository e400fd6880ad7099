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
        let fetch: ModelFetch
        do {
            fetch = try ModelFetch(model, revision: revision)
        } catch {
            throw ValidationError("\(error).")
        }
        let installed = InstalledModels()
        let called = name ?? InstalledModels.name(from: fetch.name)
        if !replace, installed.place(of: called) != nil {
            throw GenerationError.modelExists(name: called, folder: installed.folder.path)
        }
        let folder = try await fetched(fetch, try HubSettings())
        let added = try added(fetch, in: folder, as: called, to: installed)
        for entry in added {
            Console.say(ModelRow(entry: entry, isBundled: false).text, output)
            Console.say("draw with: atelier imagine \"…\" --model \(entry.name)", output)
        }
        if output.json { Console.json(added) }
    }

    /// Takes on what was fetched.
    private func added(
        _ fetch: ModelFetch,
        in folder: URL,
        as called: String,
        to installed: InstalledModels
    ) throws -> [InstalledModels.Entry] {
        guard let pair = fetch.known?.pair else {
            return try installed.add(folder, as: called, replaces: replace)
        }
        var search = WeightsFile.Search()
        search.places = pair.places
        return [
            try installed.add(
                folder.appending(path: pair.transformer),
                tokenizer: folder.appending(path: pair.tokenizer).path,
                as: called,
                search: search,
                replaces: replace
            )
        ]
    }

    /// The folder with all files, from the cache alone where the network may not be used.
    private func fetched(_ fetch: ModelFetch, _ settings: HubSettings) async throws -> URL {
        if let kept = fetch.kept(settings) { return kept }
        let offer = try await fetch.offer(settings)
        let licences = AcceptedLicences(in: InstalledModels().folder)
        if !licences.has(fetch.repository) {
            Console.say("licence of \(fetch.repository): \(offer.licence)", output)
            guard accepts else {
                throw ValidationError(
                    "Read the licence, and agree to it with --accept-licence; it is asked once."
                )
            }
            try licences.accept(fetch.repository, offer.licence)
        }
        let pace = FetchPace(output)
        return try await fetch.fetch(offer, settings) { file, _ in pace.tell(file) }
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
