using Microsoft.AspNetCore.Authorization;

namespace Sigma.OperatorConsole.Access.Http;

/// <summary>Somebody is signed in, or it is not the console that is asked. What they may do is decided by the services that do it.</summary>
internal sealed class SignedIn : IAuthorizationRequirement;

/// <inheritdoc />
internal sealed class SignedInHandler : AuthorizationHandler<SignedIn>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SignedIn requirement)
    {
        if (context.User.Identity is { IsAuthenticated: true } || context.Resource is HttpContext http && ConsoleEndpoints.IsAnothers(http))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
