using System.Text;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Replies;

/// <summary>Slack's interactions: somebody presses the button of a message, whose value is the alert's id.</summary>
internal static class SlackReply
{
    /// <summary>The button's name, as the notifier's channel has it.</summary>
    public const string Acknowledge = "acknowledge";

    /// <exception cref="ReplyRefusedException">It is not signed by Slack, too old, or of somebody whose button does not count.</exception>
    /// <exception cref="Webhooks.MalformedBodyException">It is no interaction.</exception>
    public static Reply Read(byte[] body, string? signedAt, string? signature, string secret, IReadOnlyCollection<string> users, DateTimeOffset now)
    {
        const string Version = "v0=";
        if (SignedBody.OddTime(signedAt, now) is { } odd)
            throw ReplyRefusedException.Unsigned(odd);
        if (signature?.StartsWith(Version, StringComparison.Ordinal) != true
            || !SignedBody.IsHex(signature[Version.Length..], SignedBody.Hmac(Encoding.UTF8.GetBytes(secret), $"v0:{signedAt}:", body)))
            throw ReplyRefusedException.Unsigned("the signature is not of this body and secret");
        var payload = JsonBody.Read(FormField.Find(body, "payload") ?? body);
        if (payload["type"].Text != "block_actions"
            || payload["actions"].Items.FirstOrDefault(action => action["action_id"].Text == Acknowledge) is not { } pressed
            || !Guid.TryParse(pressed["value"].Text, out var alert))
            return Reply.None;
        var user = payload["user"];
        var id = user["id"].Needed("who pressed it");
        if (users.Count > 0 && !users.Contains(id))
            throw new ReplyRefusedException(StatusCodes.Status403Forbidden, $"the buttons of {id} do not count here");
        return new([alert], $"{user.FirstText("username", "name") ?? id} (Slack)", null, $"{id}/{pressed["action_ts"].Text}");
    }
}
