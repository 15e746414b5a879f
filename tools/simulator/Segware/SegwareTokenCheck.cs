using System.Security.Cryptography;
using System.Text;

namespace Sigma.Simulator.Segware;

internal sealed class SegwareTokenCheck(SimulatorOptions options, SegwareErrors errors) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
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
