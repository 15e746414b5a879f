using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Aws;

/// <summary>A message that is a text, or JSON that nothing is known of: an event.</summary>
internal static class PlainMessage
{
    public static Understood Read(string? subject, string text, string? id, DateTimeOffset? sentAt = null) => new()
    {
        State = UnderstoodState.Info, ExternalId = ExternalIds.Fit(id ?? ExternalIds.Hash(text)),
        Title = subject ?? text.Split('\n', 2)[0], Text = text, StartsAt = sentAt, ReportedAt = sentAt, NeverResolves = true, DeliveryKey = id,
    };
}
