using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Mail;

internal static class Registration
{
    public static IServiceCollection AddMail(this IServiceCollection services) =>
        services.AddVendor("mail", (inbox, _, _) => new MailHost(inbox)).AddHostedService<MailServer>();
}
