using Sigma.Gateway.Alertmanager;

namespace Sigma.Gateway.Replies;

/// <summary>Asks the notifier by its internal API: which alerts a message told of, and that it ask a vendor at once.</summary>
internal sealed class NotifierCalls(ServiceCalls calls)
{
    const string Path = "internal/notifier/deliveries";

    /// <summary>The alerts that are told there, and neither acknowledged nor over; of a message when one is named.</summary>
    /// <exception cref="ServiceException">The notifier does not answer.</exception>
    public async Task<IReadOnlyList<Guid>> Told(string channel, string? receipt, CancellationToken ct) =>
        await calls.Send<List<Guid>>(HttpMethod.Get, $"{Path}/told?channel={Uri.EscapeDataString(channel)}"
            + (receipt is null ? "" : $"&receipt={Uri.EscapeDataString(receipt)}"), null, ct) ?? [];

    /// <summary>Has it ask the vendor what became of a message.</summary>
    /// <exception cref="ServiceException">The notifier does not answer.</exception>
    public Task AskNow(Guid delivery, string message, CancellationToken ct) =>
        calls.Send<object>(HttpMethod.Post, $"{Path}/{delivery}/ask", new { message }, ct);
}
