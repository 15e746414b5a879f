using Sigma.Hosting;

namespace Sigma.Notifier.Texts;

internal static class Registration
{
    public static ServiceBuilder AddTexts(this ServiceBuilder service)
    {
        service.Services.AddSingleton<LocalTime>().AddSingleton<AlertText>().AddSingleton<DigestText>();
        return service;
    }
}
