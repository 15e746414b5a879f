using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sigma.Simulator.Segware;

internal sealed class SegwareAccess(SimulatorOptions options, SegwareErrors errors, TimeProvider clock) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        context.HttpContext.Response.Headers.Date = (clock.GetUtcNow() + options.Segware.ClockAhead).ToString("R", CultureInfo.InvariantCulture);
        if (!Same(request.Headers.Authorization.ToString(), $"Bearer {options.Token}"))
        {
            return errors.Answer(StatusCodes.Status401Unauthorized, "unauthorized", "Token inválido ou expirado.");
        }

        return options.Segware.ForbiddenPaths.Any(pattern => PathPattern.Matches(pattern, request.Path))
            ? errors.Answer(StatusCodes.Status403Forbidden, "forbidden", "Sem permissão para o recurso.")
            : await next(context);
    }

    internal static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
