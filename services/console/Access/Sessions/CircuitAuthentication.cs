using System.Data.Common;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Sigma.OperatorConsole.Access.Sessions;

/// <summary>
/// Who a screen's circuit is for, asked again every few seconds: once they are not signed in, nobody is, for the circuit's components. Its
/// connection is ended besides (<see cref="OpenRequests"/>), so that nothing is shown any more either.
/// </summary>
internal sealed class CircuitAuthentication(ILoggerFactory logs, SessionCheck sessions) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval { get; } = TimeSpan.FromSeconds(5);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return authenticationState.User.Identity is not { IsAuthenticated: true }
                || await sessions.IsValid(authenticationState.User, cancellationToken);
        }
        catch (Exception e) when (e is IOException or TimeoutException or DbException)
        {
            return false; // for longer than sessions last without a database
        }
    }
}
