using System.Text;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Replies;

/// <summary>
/// PagerDuty's webhooks, version 3: an incident that somebody acknowledges there is one of ours when its key is an alert's id, as the notifier's
/// channel
/// sends it.
/// </summary>
internal static class PagerDutyReply
{
    // It is signed without a time: the event's own tells what is too old. PagerDuty tries for two days.
    static readonly TimeSpan Oldest = TimeSpan.FromDays(2);

    /// <exception cref="ReplyRefusedException">It is not signed by PagerDuty, or too old.</exception>
    /// <exception cref="Webhooks.MalformedBodyException">It is no event.</exception>
    public static Reply Read(byte[] body, string? signatures, IEnumerable<string> secrets, DateTimeOffset now)
    {
        if (!IsSigned(body, signatures, secrets))
            throw ReplyRefusedException.Unsigned("the signature is not of this body and secret");
        var occurred = JsonBody.Read(body)["event"];
        if (occurred["event_type"].Text != "incident.acknowledged")
            return Reply.None;
        if (SourceTime.Read(occurred["occurred_at"]) is not { } at || at < now - Oldest || at > now + SignedBody.Tolerance)
            throw ReplyRefusedException.Unsigned("it is too old, or says no time");
        if (!Guid.TryParse(occurred["data"]["incident_key"].Text, out var alert))
            return Reply.None; // an incident of somebody else's
        return new([alert], $"{occurred["agent"].FirstText("summary", "id") ?? "somebody"} (PagerDuty)",
            occurred["data"]["number"].Text is { } number ? $"PagerDuty incident #{number}" : null, occurred["id"].Needed("the event's id"));
    }

    static bool IsSigned(byte[] body, string? signatures, IEnumerable<string> secrets)
    {
        const string Version = "v1=";
        var given = (signatures ?? "").Split(',', 17, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(one => one.StartsWith(Version, StringComparison.Ordinal)).Select(one => one[Version.Length..]).ToList();
        var isSigned = false;
        foreach (var secret in secrets)
        {
            var expected = SignedBody.Hmac(Encoding.UTF8.GetBytes(secret), "", body);
            isSigned |= given.Exists(one => SignedBody.IsHex(one, expected));
        }
        return isSigned;
    }
}
