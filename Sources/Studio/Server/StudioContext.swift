import Foundation
import Hummingbird
import NIOCore

/// What is known of one request.
struct StudioContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    /// Where it comes from.
    let remoteAddress: SocketAddress?
    /// What errors and logs call it.
    let id: String
    /// Who asks; empty where there are no users.
    var owner = ""
    /// Bodies that are read whole have so many bytes at most.
    var maxUploadSize: Int { 1 << 20 }

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
        id = Identifier.make()
    }
}
