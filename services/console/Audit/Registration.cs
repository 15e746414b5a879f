using Sigma.Hosting;

namespace Sigma.OperatorConsole.Audit;

internal static class Registration
{
    public static ServiceBuilder AddAudit(this ServiceBuilder service)
    {
        service.Services.AddHttpContextAccessor().AddSingleton<AuditLog>().AddSingleton<AuditQuery>();
        return service;
    }
}
