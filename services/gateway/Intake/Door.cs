namespace Sigma.Gateway.Intake;

/// <summary>
/// The way in for every protocol: who sends, whether it may, and the body within its limits, unpacked (gzip, deflate, or snappy where asked for).
/// </summary>
internal sealed class Door
{
    /// <summary>
    /// Finds the integration by the key in the request (bearer, Basic password, <c>Splunk</c>, <c>ApiKey</c>, <c>?key=</c>, or the route's own), and
    /// reads the body.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="kinds">Kinds that may come this way.</param>
    /// <param name="name">Name in the address; null where the key alone says who.</param>
    /// <param name="key">Key in the address or in the body's own place; null where it is in a header or the query.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="RefusedException">It is not taken.</exception>
    public Task<Delivery> Open(HttpContext http, IReadOnlyCollection<string> kinds, string? name, string? key, CancellationToken ct) =>
        throw new NotImplementedException();
}
