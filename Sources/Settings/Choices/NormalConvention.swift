/// Which way a normal map's green points.
public enum NormalConvention: String, CaseIterable, Codable, Sendable {
    /// Up the picture: Blender, Unity, Godot, glTF.
    case opengl
    /// Down the picture: Unreal Engine, 3ds Max.
    case directx
}
