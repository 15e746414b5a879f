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

    /// <summary>Address of the incoming webhook, as Slack shows it; a secret.</summary>
    [Required, HttpAddress]
    public string Url { get; set; } = "";

    /// <summary>How Slack is called.</summary>
    public VendorOptions Api { get; set; } = new();

    internal override Markup Markup => Markup.Slack;

    bool IPlainHttpSetting.AllowPlainHttp => Api.AllowPlainHttp;

    string IPlainHttpSetting.AllowPlainHttpKey => VendorOptions.AllowPlainHttpKey;
}
