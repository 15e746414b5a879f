using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Azure;

/// <summary>An integration's settings of Azure: whose tokens an action group's <i>secure webhook</i> must show.</summary>
internal sealed record AzureSettings
{
    /// <summary>The application by which action groups call, in every tenant (<i>AzNS AAD Webhook</i>).</summary>
    public const string ActionGroups = "461e8683-5575-4561-ac7f-899cc907d62a";

    const string PublicAuthority = "https://login.microsoftonline.com";

    /// <summary>The tenant whose tokens count.</summary>
    public required string Tenant { get; init; }

    /// <summary>Whom a token must be for: the address of the application's id, or the id itself.</summary>
    public required IReadOnlySet<string> Audiences { get; init; }

    /// <summary>Who must have asked for it.</summary>
    public string Application { get; init; } = ActionGroups;

    /// <summary>Who signs it.</summary>
    public string Authority { get; init; } = PublicAuthority;

    /// <summary>Those who may stand in the token as its issuer: by its first version and by its second.</summary>
    public IReadOnlyList<string> Issuers => [$"https://sts.windows.net/{Tenant}/", $"{Authority}/{Tenant}/v2.0"];

    /// <summary>Where the keys are by which tokens are signed.</summary>
    public Uri Keys => new($"{Authority}/{Tenant}/discovery/v2.0/keys");

    /// <summary>Null where no token is wanted.</summary>
    public static AzureSettings? Of(Integration integration) => Value(integration, nameof(Tenant)) is not { } tenant ? null : new()
    {
        Tenant = tenant.ToLower(CultureInfo.InvariantCulture),
        Audiences = MappedFields.Words(Value(integration, "Audience")).ToHashSet(StringComparer.OrdinalIgnoreCase),
        Application = Value(integration, nameof(Application)) ?? ActionGroups,
        Authority = (Value(integration, nameof(Authority)) ?? PublicAuthority).TrimEnd('/'),
    };

    public static IEnumerable<ValidationResult> Faults(Integration integration)
    {
        if (Value(integration, nameof(Tenant)) is not { } tenant)
        {
            if (Value(integration, "Audience") is not null)
                yield return new("is needed too, for a token to be checked", ["Settings__Tenant"]);
            yield break;
        }
        if (!Guid.TryParseExact(tenant, "D", out _))
            yield return new("is no id of a tenant, such as 8a7d6b1e-0000-4000-8000-000000000000", ["Settings__Tenant"]);
        if (Value(integration, "Audience") is null)
            yield return new("is needed too: the id, or its address (api://…), of the application that the action group names",
                ["Settings__Audience"]);
        if (Value(integration, nameof(Application)) is { } application && !Guid.TryParseExact(application, "D", out _))
            yield return new("is no id of an application", ["Settings__Application"]);
        if (Value(integration, nameof(Authority)) is { } authority
            && !(Uri.TryCreate(authority, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps))
            yield return new("is no address with https", ["Settings__Authority"]);
    }

    static string? Value(Integration integration, string name) =>
        integration.Settings.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
