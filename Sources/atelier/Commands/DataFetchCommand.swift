import ArgumentParser
import Datasets
import Foundation

/// `atelier data fetch`: fetches a known data set and checks it.
struct DataFetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Fetch a known data set over HTTPS and check its checksums."
    )

    @Argument(help: "mnist, fashion-mnist, kmnist, cifar10 or cifar100.")
    var set: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard let name = DatasetName(rawValue: set), let known = KnownDataset(name) else {
            let names = KnownDataset.all.map(\.name.rawValue).joined(separator: ", ")
            throw ValidationError("'\(set)' cannot be fetched; choose one of \(names).")
        }
        let folder = try await known.fetch()
        Console.say("\(folder.path)\n\(known.licence)", output)
        if output.json { Console.json(["folder": folder.path, "licence": known.licence]) }
    }
}
