import Adversarial
import Foundation
import Midjourney
import Runs
import Settings
import TestSupport
import Testing

/// Whatever numbers stand in settings and recipes, reading them ends with problems or a recipe.
///
/// With ATELIER_EXTREMES=1 each is printed before it is tried, so that the last one is what stopped the program.
@Suite struct SettingExtremesTests {
    private static let isLoud = ProcessInfo.processInfo.environment["ATELIER_EXTREMES"] == "1"

    private static func tell(_ name: String, _ change: Extremes.Change) {
        guard isLoud else { return }
        let line = "\(name) \(change.path.joined(separator: ".")) \(change.value.summary)\n"
        FileHandle.standardError.write(Data(line.utf8))
    }

    @Test(arguments: ModelFamily.registry.all.map(\.name))
    func families(_ name: String) throws {
        let family = try #require(ModelFamily.registry[name])
        let subjects = [
            ImageSpec(height: 16, width: 16, channels: 3, labels: 2),
            ImageSpec(height: 0, width: -1, channels: 0, labels: -1),
            ImageSpec(height: .max, width: .min, channels: .max, labels: .max),
            ImageSpec(height: 1 << 62, width: 1 << 62, channels: 1, labels: 0),
        ]
        var refused = 0
        for change in Extremes.changes(of: family.schema.defaults) {
            SettingExtremesTests.tell(name, change)
            for spec in subjects {
                refused += family.problems(change.tree, for: spec).isEmpty ? 0 : 1
            }
        }
        #expect(refused > 3 * Extremes.numbers.count)
    }

    @Test func parts() {
        let catalog = PartCatalog.midjourney
        let parts =
            catalog.pixelModels + catalog.regularisers + catalog.tasks + catalog.augmentations
        var refused = 0
        for part in parts {
            for change in Extremes.changes(of: part.defaults) {
                SettingExtremesTests.tell(part.name, change)
                refused += part.problems(change.tree).isEmpty ? 0 : 1
            }
        }
        for kind in PixelNetworkFamily.registry.all {
            for change in Extremes.changes(of: kind.schema.defaults) {
                SettingExtremesTests.tell(kind.schema.name, change)
                refused += kind.problems(change.tree, rows: 16, columns: .max).isEmpty ? 0 : 1
            }
        }
        #expect(refused > 100)
    }

    /// Keys that recipes share are tried once for each family of networks.
    @Test func recipes() throws {
        var (seen, refused, read): (Set<String>, Int, Int) = ([], 0, 0)
        for bundled in Recipe.bundled {
            let recipe = try Recipe(
                parsing: bundled.yaml,
                source: bundled.name,
                catalog: .midjourney
            )
            let tree = try JSONDecoder().decode(
                SettingValue.self,
                from: JSONEncoder().encode(recipe)
            )
            for change in Extremes.changes(of: tree) {
                let place = change.path.joined(separator: ".")
                let isOwn = ["model", "refiner"].contains(change.path[0])
                let name = "\(isOwn ? recipe.model.family : "") \(place) \(change.value.summary)"
                guard seen.insert(name).inserted else { continue }
                SettingExtremesTests.tell(bundled.name, change)
                let text = String(decoding: try JSONEncoder().encode(change.tree), as: UTF8.self)
                do throws(RecipeError) {
                    let found = try Recipe(
                        parsing: text,
                        source: bundled.name,
                        catalog: .midjourney
                    )
                    #expect(!found.yaml.isEmpty)
                    read += 1
                } catch {
                    refused += 1
                }
            }
        }
        #expect(refused > 500 && read > 100)
    }
}
