import ArgumentParser
import Foundation
import Requests

/// `atelier inpaint`: a part of a picture drawn anew.
struct InpaintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inpaint",
        abstract: "Draw a part of a picture anew; the rest stays to the last bit.",
        discussion: """
            Examples:
              atelier inpaint cat.png --mask mask.png --prompt "a cat with a hat"
              atelier inpaint cat.png --region 16,0,32,20
            """
    )

    @Argument(help: "The picture.")
    var picture: String

    @OptionGroup var part: MaskOptions

    @OptionGroup var options: EditOptions

    func validate() throws {
        guard part.isGiven else {
            throw ValidationError("inpaint expects --mask or --region, one of them.")
        }
    }

    func run() async throws { try await options.run(.inpaint, [picture], part: part) }
}
