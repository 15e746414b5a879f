using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Teams;

/// <summary>An integration of the type <c>teams</c>.</summary>
public sealed class TeamsOptions : ChatOptions, IPlainHttpSetting
{
    /// <summary>The defaults.</summary>
    public TeamsOptions()
    {
        MessageEvery = TimeSpan.FromSeconds(1);
        DigestOver = 5;
        Digest.Length = TeamsCard.Longest;
    }

    /// <summary>Address of the workflow, as Teams shows it; a secret.</summary>
    [Required, HttpAddress]
    public string Url { get; set; } = "";

    /// <summary>How Teams is called.</summary>
    public VendorOptions Api { get; set; } = new();

    internal override Markup Markup => Markup.Teams;

    bool IPlainHttpSetting.AllowPlainHttp => Api.AllowPlainHttp;

    string IPlainHttpSetting.AllowPlainHttpKey => VendorOptions.AllowPlainHttpKey;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => base.Validate(validationContext).Concat(
        Digest.Length > TeamsCard.Longest
            ? [new ValidationResult($"must be no more than {TeamsCard.Longest}", [$"{nameof(Digest)}__{nameof(Digest.Length)}"])] : []);
}
