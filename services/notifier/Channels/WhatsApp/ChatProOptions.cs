using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;

namespace Sigma.Notifier.Channels.WhatsApp;

/// <summary>ChatPro, the way to WhatsApp. Section <c>ChatPro</c>.</summary>
public sealed class ChatProOptions : ApiAddress
{
    /// <summary>The defaults.</summary>
    public ChatProOptions() => BaseUrl = "https://v5.chatpro.com.br";

    /// <summary>The instance that sends.</summary>
    public string InstanceId { get; set; } = "";

    /// <summary>The recipient: digits with the country code, or a JID; a group's ends in <c>@g.us</c>. Never logged in full.</summary>
    public string Recipient { get; set; } = "";

    /// <summary>The recipient as it may be logged.</summary>
    public string MaskedRecipient() => Recipient.Length <= 8 ? "…" : "…" + Recipient.Split('@')[0] switch
    {
        { Length: > 4 } number => number[^4..],
        _ => "",
    };

    /// <summary>The instance's token; never logged.</summary>
    [HeaderValue]
    public string Token { get; set; } = "";

    /// <summary>The settings without which nothing can be sent, and that are not set.</summary>
    internal IEnumerable<string> Missing =>
        new[] { (Key: nameof(InstanceId), Value: InstanceId), (Key: nameof(Recipient), Value: Recipient), (Key: nameof(Token), Value: Token) }
            .Where(s => string.IsNullOrWhiteSpace(s.Value)).Select(s => s.Key);

    /// <summary>Time-out and circuit breaker of each call. Retries are the delivery's.</summary>
    public ApiResilience Patience { get; set; } = new() { Timeout = TimeSpan.FromSeconds(15), BreakAfter = 3 };
}

/// <summary>What the channel of the default receiver needs only while it is on.</summary>
internal sealed class ChatProNeeds(IOptions<NotifierOptions> notifier) : IValidateOptions<ChatProOptions>
{
    public ValidateOptionsResult Validate(string? name, ChatProOptions options)
    {
        if (notifier.Value.Receivers.Count > 0 || !notifier.Value.Channels.WhatsApp.Enabled)
            return ValidateOptionsResult.Success;
        var missing = options.Missing.Select(key => $"ChatPro__{key} is required while Notifier__Channels__WhatsApp__Enabled is true").ToList();
        return missing.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(missing);
    }
}
