using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;

namespace Sigma.OperatorConsole.Access.OpenId;

/// <summary>Section <c>OpenId</c>: another server that knows the users (OpenID Connect). Without an authority it is off.</summary>
public sealed class OpenIdOptions : IValidatableObject
{
    /// <summary>The server, as <c>https://login.example.org/realms/station</c>.</summary>
    [HttpAddress]
    public string Authority { get; set; } = "";

    /// <summary>By what name it knows the console.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>By what it knows that it is the console, a secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>What is written on the button.</summary>
    [Required, MaxLength(50)]
    public string Title { get; set; } = "OpenID Connect";

    /// <summary>The claim with a user's name.</summary>
    [Required]
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>The claim with what a user is, from which the role follows; <c>realm_access.roles</c> is a part of a claim that is JSON.</summary>
    [Required]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>
    /// The claim with what a user is limited to, as <c>company=Vigília Sul</c>, several times or as JSON; who has none sees everything. Not set:
    /// nobody is limited.
    /// </summary>
    public string LimitsClaim { get; set; } = "";

    /// <summary>More scopes that are asked for, beside <c>openid</c> and <c>profile</c>.</summary>
    public List<string> Scopes { get; set; } = [];

    /// <summary>Which values of the claim give which role; who has none of them does not get in.</summary>
    public OpenIdRoles Roles { get; set; } = new();

    /// <summary>Whether it is on.</summary>
    internal bool IsOn => Authority.Length > 0;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
        {
            if (ClientId.Length + ClientSecret.Length > 0)
                yield return new("is required where another of this section is set: which server knows the users?", [nameof(Authority)]);
            yield break;
        }
        if (ClientId.Length == 0)
            yield return new("is required: by what name does the server know the console?", [nameof(ClientId)]);
        if (ClientSecret.Length == 0)
            yield return new("is required", [nameof(ClientSecret)]);
        if (Roles.All.All(role => role.Values.Count == 0))
            yield return new($"give no role to anybody: name a value of {RoleClaim} for each role", [nameof(Roles)]);
    }
}

/// <summary>Values of the claim; of several roles the highest holds.</summary>
public sealed class OpenIdRoles
{
    /// <summary>Give the role viewer.</summary>
    public List<string> Viewer { get; set; } = [];

    /// <summary>Give the role operator.</summary>
    public List<string> Operator { get; set; } = [];

    /// <summary>Give the role engineer.</summary>
    public List<string> Engineer { get; set; } = [];

    /// <summary>Give the role administrator.</summary>
    public List<string> Administrator { get; set; } = [];

    internal IEnumerable<(Role Role, List<string> Values)> All =>
        [(Role.Administrator, Administrator), (Role.Engineer, Engineer), (Role.Operator, Operator), (Role.Viewer, Viewer)];

    /// <summary>The highest role of these values; null when they give none.</summary>
    internal Role? Of(IReadOnlyCollection<string> values)
    {
        foreach (var (role, of) in All)
            if (of.Any(values.Contains))
                return role;
        return null;
    }
}
