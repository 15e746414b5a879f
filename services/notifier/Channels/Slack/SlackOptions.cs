using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Slack;

/// <summary>An integration of the type <c>slack</c>.</summary>
public sealed class SlackOptions : ChatOptions, IPlainHttpSetting
{
    /// <summary>The defaults.</summary>
    public SlackOptions()
    {
        MessageEvery = TimeSpan.FromSeconds(1); // what Slack lets a webhook send
        DigestOver = 5;
    }

    /// <summary>Address of the incoming webhook, as Slack shows it; a secret. A bot posts where there is none.</summary>
    [HttpAddress]
    public string Url { get; set; } = "";

    /// <summary>Token of a bot that may post (<c>chat:write</c>); a secret. With it the end of an alert is in the thread of its raise.</summary>
    [HeaderValue]
    public string Token { get; set; } = "";

    /// <summary>Where the bot posts: the channel's id.</summary>
    public string Channel { get; set; } = "";

    /// <summary>Address of the Web API.</summary>
    [Required, HttpAddress]
    public string BaseUrl { get; set; } = "https://slack.com/api";

    internal bool IsBot => Token.Length > 0;

    /// <summary>
    /// What is on the button by which an alert is acknowledged; not set: there is none. It needs an app whose interactivity goes to the gateway's
    /// <c>/replies/slack</c>.
    /// </summary>
    [MaxLength(75)]
    public string Button { get; set; } = "";

    /// <summary>How Slack is called.</summary>
    public VendorOptions Api { get; set; } = new();

    internal override Markup Markup => Markup.Slack;

    bool IPlainHttpSetting.AllowPlainHttp => Api.AllowPlainHttp;

    string IPlainHttpSetting.AllowPlainHttpKey => VendorOptions.AllowPlainHttpKey;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var failure in base.Validate(validationContext))
            yield return failure;
        if (Url.Length == 0 == (Token.Length == 0))
            yield return new(IsBot ? $"and {nameof(Token)} must not be set both" : $"is required, or {nameof(Token)} and {nameof(Channel)}",
                [nameof(Url)]);
        if (IsBot && Channel.Length == 0)
            yield return new($"is required where {nameof(Token)} is set", [nameof(Channel)]);
    }
}
