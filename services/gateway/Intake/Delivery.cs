using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Intake;

/// <summary>A request whose sender is known and whose body is read.</summary>
/// <param name="Id">Of this delivery.</param>
/// <param name="Integration">Whose it is.</param>
/// <param name="Body">Unpacked.</param>
/// <param name="Headers">The request's, without case and without secrets.</param>
/// <param name="ReceivedAt">UTC.</param>
internal sealed record Delivery(Guid Id, Integration Integration, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers,
    DateTimeOffset ReceivedAt)
{
    /// <summary>
    /// Method and path it came by, without name and key: <c>POST /in</c>, <c>POST /api/v2/alerts</c>. What came to <c>/in</c> can be replayed.
    /// </summary>
    public string Via { get; init; } = "POST /in";

    /// <summary>All headers, also those that are not kept: signatures are checked by them.</summary>
    public IReadOnlyDictionary<string, string> AllHeaders { get; init; } = Headers;
}
