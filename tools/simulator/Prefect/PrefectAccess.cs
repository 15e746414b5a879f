using System.Security.Cryptography;
using System.Text;
using Sigma.Simulator.Segware;

namespace Sigma.Simulator.Prefect;

/// <summary>Basic auth, and the token against forged requests where it is switched on.</summary>
internal sealed class PrefectAccess(SimulatorOptions options) : IEndpointFilter
{
    public static string TokenOf(string client) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"csrf {client}")));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var (auth, needsToken) = (options.Prefect.AuthString, options.Prefect.CsrfProtection && HttpMethods.IsPost(request.Method));
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(auth));
        if (auth.Length > 0 && !SegwareTokenCheck.Same(request.Headers.Authorization.ToString(), basic))
        {
            return PrefectAnswers.Exception(StatusCodes.Status401Unauthorized, "Unauthorized");
        }

        var (token, client) = (request.Headers["Prefect-Csrf-Token"].ToString(), request.Headers["Prefect-Csrf-Client"].ToString());
        var complaint = !needsToken ? null
            : token.Length == 0 ? "Missing CSRF token."
            : client.Length == 0 ? "Missing client identifier."
            : token != TokenOf(client) ? "Invalid CSRF token or client identifier."
            : null;
        return complaint is null ? await next(context) : PrefectAnswers.Detail(StatusCodes.Status403Forbidden, complaint);
    }
}
