import Foundation
import Settings

extension Recipe {
    /// The recipes that come with the library, in alphabetical order.
    public static let bundled = [
        BundledRecipe(name: "acgan", bytes: PackageResources.acgan_yaml),
        BundledRecipe(name: "dcgan", bytes: PackageResources.dcgan_yaml),
        BundledRecipe(name: "digits", bytes: PackageResources.digits_yaml),
        BundledRecipe(name: "emoji", bytes: PackageResources.emoji_yaml),
        BundledRecipe(name: "fashion", bytes: PackageResources.fashion_yaml),
        BundledRecipe(name: "few-shot", bytes: PackageResources.few_shot_yaml),
        BundledRecipe(name: "lsgan", bytes: PackageResources.lsgan_yaml),
        BundledRecipe(name: "midjourney", bytes: PackageResources.midjourney_yaml),
        BundledRecipe(name: "midjourney-pixel", bytes: PackageResources.midjourney_pixel_yaml),
        BundledRecipe(name: "mlp-gan", bytes: PackageResources.mlp_gan_yaml),
        BundledRecipe(name: "mmd-gan", bytes: PackageResources.mmd_gan_yaml),
        BundledRecipe(name: "my-pictures", bytes: PackageResources.my_pictures_yaml),
        BundledRecipe(name: "pixelcnn", bytes: PackageResources.pixelcnn_yaml),
        BundledRecipe(name: "progan", bytes: PackageResources.progan_yaml),
        BundledRecipe(name: "r3gan", bytes: PackageResources.r3gan_yaml),
        BundledRecipe(name: "restore", bytes: PackageResources.restore_yaml),
        BundledRecipe(name: "scenes", bytes: PackageResources.scenes_yaml),
        BundledRecipe(name: "seed-dcgan", bytes: PackageResources.seed_dcgan_yaml),
        BundledRecipe(name: "seed-dcgan-32", bytes: PackageResources.seed_dcgan_32_yaml),
        BundledRecipe(name: "seed-dcgan-emoji", bytes: PackageResources.seed_dcgan_emoji_yaml),
        BundledRecipe(name: "sngan", bytes: PackageResources.sngan_yaml),
        BundledRecipe(name: "stylegan2", bytes: PackageResources.stylegan2_yaml),
        BundledRecipe(name: "stylegan2-styles", bytes: PackageResources.stylegan2_styles_yaml),
        BundledRecipe(name: "upscale", bytes: PackageResources.upscale_yaml),
        BundledRecipe(name: "wgan", bytes: PackageResources.wgan_yaml),
        BundledRecipe(name: "wgan-gp", bytes: PackageResources.wgan_gp_yaml),
    ]

    /// Loads a bundled recipe by name, or a file.
    ///
    /// - Parameters:
    ///   - nameOrPath: A bundled name, or the path of a YAML or JSON file.
    ///   - overrides: Values that take precedence, such as `training.epochs=3`.
    ///   - catalog: The parts that the recipe may name.
    /// - Returns: The recipe, checked as a whole.
    /// - Throws: `RecipeError`.
    public static func load(
        _ nameOrPath: String,
        overrides: [String] = [],
        catalog: PartCatalog
    ) throws(RecipeError) -> Recipe {
        if let recipe = bundled.first(where: { $0.name == nameOrPath }) {
            return try Recipe(
                parsing: recipe.yaml,
                source: nameOrPath,
                overrides: overrides,
                catalog: catalog
            )
        }
        let isPath =
            nameOrPath.contains("/")
            || [".yaml", ".yml", ".json"].contains { nameOrPath.hasSuffix($0) }
        guard isPath || FileManager.default.fileExists(atPath: nameOrPath) else {
            let names = bundled.map(\.name)
            throw .unknown(
                name: nameOrPath,
                nearest: EditDistance.nearest(to: nameOrPath, among: names),
                bundled: names
            )
        }
        return try Recipe(
            parsing: try text(ofFile: nameOrPath),
            source: nameOrPath,
            overrides: overrides,
            catalog: catalog
        )
    }

    private static func text(ofFile path: String) throws(RecipeError) -> String {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw .malformed(source: path, reason: "it is not text in UTF-8")
        }
        return text
    }
}

extension BundledRecipe {
    fileprivate init(name: String, bytes: [UInt8]) {
        self.init(name: name, yaml: String(decoding: bytes, as: UTF8.self))
    }
}
