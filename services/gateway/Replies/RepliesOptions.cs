using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;

namespace Sigma.Gateway.Replies;

/// <summary>
/// What people and vendors answer to what the notifier sent, at <c>/replies/…</c>. Each way is open only where its secret is set.
/// </summary>
public sealed class RepliesOptions : IValidatableObject
{
    const int ShortestKey = 16;

    /// <summary>Address by which the internet reaches the gateway, as Twilio signs it; not set: as the request says.</summary>
    [HttpAddress]
    public string PublicUrl { get; set; } = "";

    /// <summary>Secrets of PagerDuty's webhook subscriptions, comma separated.</summary>
    public string PagerDutySecrets { get; set; } = "";

    /// <summary>Signing secret of the Slack app whose buttons are in the messages.</summary>
    public string SlackSigningSecret { get; set; } = "";

    /// <summary>Ids of the Slack users whose buttons count, comma separated; not set: of all who see the message.</summary>
    public string SlackUsers { get; set; } = "";

    /// <summary>Auth tokens of the Twilio accounts, comma separated.</summary>
    public string TwilioAuthTokens { get; set; } = "";

    /// <summary>What ChatPro's webhook has as the last part of its address, at least 16 characters: it does not sign.</summary>
    public string ChatProKey { get; set; } = "";

    /// <summary>Numbers whose messages count, with country code, comma separated.</summary>
    public string ChatProNumbers { get; set; } = "";

    /// <summary>Words that acknowledge, comma separated, without case.</summary>
    [Required]
    public string ChatProWords { get; set; } = "1";

    /// <summary>The notifier's integration that writes there.</summary>
    [Required]
    public string ChatProChannel { get; set; } = "whatsapp";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ChatProKey.Length is > 0 and < ShortestKey)
            yield return new($"has {ChatProKey.Length} characters: a key has {ShortestKey} at least", [nameof(ChatProKey)]);
        if (ChatProKey.Length > 0 && ChatProNumbers.Length == 0)
            yield return new($"is required where {nameof(ChatProKey)} is set", [nameof(ChatProNumbers)]);
    }
}
