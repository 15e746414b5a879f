using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;

namespace Sigma.Notifier.Channels.Webhook;

/// <summary>An integration of the type <c>webhook</c>.</summary>
public sealed class WebhookOptions : ChannelOptions, IPlainHttpSetting
{
    const int MostSecrets = 5;

    /// <summary>The defaults. The texts are the field <c>text</c> of the body.</summary>
    public WebhookOptions()
    {
        ParallelCalls = 4;
        RaisedText = "Excesso de eventos: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}\n{count} eventos (limite {threshold})";
        ClearedText = "Volume normalizado: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}\n{count} eventos (limite {threshold})";
        RaisedAndClearedText =
            "Excesso de eventos, já normalizado: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}\n{count} eventos (limite {threshold})";
        RuleEndedText = "Alerta encerrado, a regra {rule} mudou: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}";
        RaisedAndRuleEndedText =
            "Excesso de eventos, encerrado, a regra {rule} mudou: {accountCode} {tradeName}\nCUC {cuc}\ncódigo {code}\n{labels}";
    }

    /// <summary>Where it is called. What is secret may be in it.</summary>
    [Required, HttpAddress]
    public string Url { get; set; } = "";

    /// <summary>
    /// Keys that calls are signed with, <c>whsec_</c> and 24 to 64 bytes in base64: one, or while the receiver changes its key the new and the old.
    /// </summary>
    public IList<string> Secrets { get; set; } = [];

    /// <summary>Whether the name may lead to an address that is not public.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How it is called.</summary>
    public VendorOptions Api { get; set; } = new();

    bool IPlainHttpSetting.AllowPlainHttp => Api.AllowPlainHttp;

    string IPlainHttpSetting.AllowPlainHttpKey => VendorOptions.AllowPlainHttpKey;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var failure in base.Validate(validationContext))
            yield return failure;
        if (Secrets.Count is 0 or > MostSecrets)
            yield return new ValidationResult(Secrets.Count == 0 ? "is required: calls are signed" : $"must be no more than {MostSecrets}",
                [Secrets.Count == 0 ? $"{nameof(Secrets)}__0" : nameof(Secrets)]);
        for (var i = 0; i < Secrets.Count; i++)
            if (WebhookSignature.KeyOf(Secrets[i]) is null)
                yield return new ValidationResult("is not whsec_ and 24 to 64 bytes in base64", [$"{nameof(Secrets)}__{i}"]);
    }

    internal override bool TakesReminders => false;

    internal override bool RepeatsAreHarmless => true; // by the header webhook-id

    internal override string? ShownRecipient => Uri.TryCreate(Url, UriKind.Absolute, out var url) ? url.IdnHost : null;
}
