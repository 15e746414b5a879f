namespace Sigma.Gateway.Webhooks;

/// <summary>A body as it was received, unpacked.</summary>
/// <param name="Bytes">The raw bytes, which signatures are of.</param>
/// <param name="Headers">The request's headers, without case; the first value of each.</param>
/// <param name="ReceivedAt">When it came, UTC.</param>
internal sealed record WebhookBody(ReadOnlyMemory<byte> Bytes, IReadOnlyDictionary<string, string> Headers, DateTimeOffset ReceivedAt)
{
    /// <summary>A header's value; null when it is not there.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
