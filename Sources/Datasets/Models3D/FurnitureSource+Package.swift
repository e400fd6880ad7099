extension FurnitureSource {
    /// The package it comes in.
    public static let package = DebianPackage(
        "sweethome3d-furniture",
        path: "usr/share/sweethome3d/furniture"
    )
}
