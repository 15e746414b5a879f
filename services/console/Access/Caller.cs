using System.Security.Claims;

namespace Sigma.OperatorConsole.Access;

/// <summary>Who asks, on a page or by the API: what is said to the services, written into the audit log, and what is decided by.</summary>
/// <param name="Name">The user's name, or the token's.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Limits">What they see.</param>
public sealed record Caller(string Name, Role Role, LabelLimits Limits)
{
    /// <summary>The claim that holds <see cref="Limits"/> as JSON.</summary>
    public const string LimitsClaim = "sigma:limits";

    /// <summary>Throws unless the caller may do what needs this role.</summary>
    /// <exception cref="ForbiddenException">The caller may not.</exception>
    public void Demand(Role needed)
    {
        if (Role < needed)
            throw new ForbiddenException(needed);
    }

    /// <summary>Throws if the caller sees a part only: rules, routes and the system are nobody's part.</summary>
    /// <exception cref="ForbiddenException">The caller is limited.</exception>
    public void DemandNoLimits()
    {
        if (!Limits.IsNone)
            throw new ForbiddenException("Only those who see everything may see that.");
    }

    /// <summary>Who is signed in.</summary>
    /// <exception cref="InvalidOperationException">Nobody is.</exception>
    public static Caller Of(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true, Name: { } name }
            && Enum.TryParse<Role>(principal.FindFirstValue(ClaimTypes.Role), out var role)
            ? new(name, role, LabelLimits.FromJson(principal.FindFirstValue(LimitsClaim)))
            : throw new InvalidOperationException("Nobody is signed in.");
}

/// <summary>The caller may not; said as 403.</summary>
public sealed class ForbiddenException : Exception
{
    /// <summary>Because of what is said.</summary>
    public ForbiddenException(string message) : base(message) { }

    /// <summary>Because of the role.</summary>
    public ForbiddenException(Role needed) : base($"Only the role {needed} and those above it may do that.") { }
}
