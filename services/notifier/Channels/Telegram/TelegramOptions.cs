using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Telegram;

/// <summary>An integration of the type <c>telegram</c>.</summary>
public sealed class TelegramOptions : ChatOptions, IPlainHttpSetting
{
    const int LongestDigest = 4000; // a message may have 4096 characters

    /// <summary>The defaults.</summary>
    public TelegramOptions()
    {
        MessageEvery = TimeSpan.FromSeconds(3); // what Telegram lets a bot send to a group
        DigestOver = 5;
        Digest.Length = LongestDigest;
    }

    /// <summary>Address of the Bot API.</summary>
    [Required, HttpAddress]
    public string BaseUrl { get; set; } = "https://api.telegram.org";

    /// <summary>The bot's token, as BotFather shows it; a secret.</summary>
    [Required, RegularExpression("^[0-9]+:[A-Za-z0-9_-]+$", ErrorMessage = "must be a number, a colon, and letters, digits, '_' and '-'")]
    public string Token { get; set; } = "";

    /// <summary>The chat: its number, which of a group is negative, or a channel's <c>@name</c>.</summary>
    [Required, RegularExpression("^(-?[0-9]+|@[A-Za-z0-9_]+)$", ErrorMessage = "must be a chat's number or a channel's @name")]
    public string ChatId { get; set; } = "";

    /// <summary>How Telegram is called.</summary>
    public VendorOptions Api { get; set; } = new();

    internal override Markup Markup => Markup.Telegram;

    bool IPlainHttpSetting.AllowPlainHttp => Api.AllowPlainHttp;

    string IPlainHttpSetting.AllowPlainHttpKey => VendorOptions.AllowPlainHttpKey;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => base.Validate(validationContext).Concat(
        Digest.Length > TelegramMessage.Longest
            ? [new ValidationResult($"must be no more than {TelegramMessage.Longest}", [$"{nameof(Digest)}__{nameof(Digest.Length)}"])] : []);

    internal override string? ShownRecipient => ChatId.Length > 4 ? "…" + ChatId[^4..] : null;
}
