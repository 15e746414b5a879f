using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;

namespace Sigma.Notifier.Channels.PagerDuty;

/// <summary>An integration of the type <c>pagerduty</c>. The lines of its texts are joined with commas; what ends an alert has none.</summary>
public sealed class PagerDutyOptions : ChannelOptions, IPlainHttpSetting
{
    /// <summary>The defaults.</summary>
    public PagerDutyOptions()
    {
        MessageEvery = TimeSpan.FromSeconds(0.5); // what PagerDuty lets a key send
        MessageBurst = 50;
        RaisedText = "Excesso de eventos: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}\n{count} eventos (limite {threshold})";
        RaisedAndClearedText =
            "Excesso de eventos, já normalizado: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}\n{count} eventos (limite {threshold})";
        RaisedAndRuleEndedText =
            "Excesso de eventos, encerrado, a regra {rule} mudou: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}\n{count} eventos";
        ClearedText = RuleEndedText = "-"; // an incident is resolved without words
    }

    /// <summary>Address of the Events API.</summary>
    [Required, HttpAddress]
    public string BaseUrl { get; set; } = "https://events.pagerduty.com";

    /// <summary>The integration key of the service, 32 characters; a secret.</summary>
    [Required, RegularExpression("^[A-Za-z0-9]{32}$", ErrorMessage = "must be 32 letters and digits")]
    public string RoutingKey { get; set; } = "";

    /// <summary>Whether whoever takes an alert on acknowledges its incident too.</summary>
    public bool OnAcknowledge { get; set; } = true;

    /// <summary>How PagerDuty is called.</summary>
    public VendorOptions Api { get; set; } = new();

    bool IPlainHttpSetting.AllowPlainHttp => Api.AllowPlainHttp;

    string IPlainHttpSetting.AllowPlainHttpKey => VendorOptions.AllowPlainHttpKey;

    internal override bool IsShort => true;

    internal override string LineBreak => ", ";

    internal override bool RepeatsAreHarmless => true; // by the dedup_key

    internal override bool TellsAcknowledgements => OnAcknowledge;

    internal override bool TakesReminders => false; // it has an incident, which stays

    internal override string? ShownRecipient => RoutingKey.Length > 8 ? "…" + RoutingKey[^4..] : null;
}
