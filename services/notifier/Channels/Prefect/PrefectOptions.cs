using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Prefect;

/// <summary>An integration of the type <c>prefect</c>. Its texts are the field <c>text</c> of the parameter <c>{alert}</c>.</summary>
public sealed class PrefectOptions : ChannelOptions, IPlainHttpSetting
{
    /// <summary>Besides those of an alert: the whole of it as an object, and <c>raised</c>, <c>cleared</c> or <c>raised_and_cleared</c>.</summary>
    internal const string Alert = "alert", Event = "event";

    /// <summary>The defaults.</summary>
    public PrefectOptions()
    {
        OnClear = false;
        ParallelCalls = 4;
        RaisedText = "Excesso de eventos: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}\n{count} eventos (limite {threshold})";
        ClearedText = "Volume normalizado: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}\n{count} eventos (limite {threshold})";
        RaisedAndClearedText =
            "Excesso de eventos, já normalizado: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}\n{count} eventos (limite {threshold})";
        RuleEndedText = "Alerta encerrado, a regra {rule} mudou: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}";
        RaisedAndRuleEndedText =
            "Excesso de eventos, encerrado, a regra {rule} mudou: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}";
    }

    /// <summary>Address of the API: of a server it ends with <c>/api</c>, of Prefect Cloud with the workspace.</summary>
    [Required, HttpAddress]
    public string BaseUrl { get; set; } = "";

    /// <summary>Where people see runs; empty where that is the API's address without <c>/api</c>.</summary>
    [HttpAddress]
    public string UiUrl { get; set; } = "";

    /// <summary>User and password of a server, with a colon between them; a secret.</summary>
    [RegularExpression("^([^:]+:.+)?$", ErrorMessage = "must be user:password")]
    public string AuthString { get; set; } = "";

    /// <summary>Key of Prefect Cloud; a secret.</summary>
    [HeaderValue]
    public string ApiKey { get; set; } = "";

    /// <summary>Which deployment is started: <c>flow/deployment</c>.</summary>
    [Required, RegularExpression("^[^/]+/[^/]+$", ErrorMessage = "must be flow/deployment")]
    public string Deployment { get; set; } = "";

    /// <summary>
    /// Its parameters, by name, as texts that may name what an alert has. <c>{count}</c> and <c>{threshold}</c> alone are numbers, <c>{alert}</c>
    /// alone is an object; one without a value is left out.
    /// </summary>
    public IDictionary<string, string> Parameters { get; set; } = new Dictionary<string, string>();

    /// <summary>Whether drills start it too: a flow that acts must know <c>{source}</c>, which is then <c>drill</c>.</summary>
    public bool StartForDrills { get; set; }

    /// <summary>Whether runs are followed until they have ended, shown with the alert, and reported as conditions where they fail.</summary>
    public bool Follow { get; set; } = true;

    /// <summary>How long a run that failed is reported as failing, unless it is run again and completes.</summary>
    [Duration("00:01:00", "30.00:00:00")]
    public TimeSpan FailureLasts { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How Prefect is called.</summary>
    public VendorOptions Api { get; set; } = new();

    bool IPlainHttpSetting.AllowPlainHttp => Api.AllowPlainHttp;

    string IPlainHttpSetting.AllowPlainHttpKey => VendorOptions.AllowPlainHttpKey;

    internal override bool TakesReminders => false;

    internal override bool RepeatsAreHarmless => true; // by the idempotency_key

    internal override string? ShownRecipient => Deployment;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var failure in base.Validate(validationContext))
            yield return failure;
        if (AuthString.Length > 0 && ApiKey.Length > 0)
            yield return new($"and {nameof(AuthString)} must not be set both", [nameof(ApiKey)]);
        foreach (var (name, text) in Parameters)
            if (TextTemplate.UnknownIn(text, [.. Placeholder.All, Alert, Event]) is { } unknown)
                yield return new($"names {{{unknown}}}, which no alert has", [$"{nameof(Parameters)}__{name}"]);
    }
}
