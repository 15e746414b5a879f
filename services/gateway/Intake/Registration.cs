using Quartz;
using Sigma.Gateway.Webhooks;
using Sigma.Hosting;
using Sigma.Hosting.Http;

namespace Sigma.Gateway.Intake;

internal static class Registration
{
    static readonly TimeSpan OrdersEvery = TimeSpan.FromSeconds(2), ReadAgainEvery = TimeSpan.FromMinutes(5);

    /// <summary>The door, and what keeps what comes in by it.</summary>
    public static ServiceBuilder AddIntake(this ServiceBuilder service)
    {
        service.Services.AddApiClients().AddSingleton<Door>().AddSingleton<RequestRates>().AddSingleton<IntakeTransaction>()
            .AddSingleton<RepeatableNews>().AddSingleton<ConditionIntake>()
            .AddHostedService(provider => provider.GetRequiredService<ConditionIntake>())
            .AddSingleton<CheckedAddress>().AddSingleton<SigningCertificates>().AddSingleton<TokenKeys>()
            .AddSingleton<ISignatureCheck, SignatureCheck>()
            .AddSingleton<WebhookReading>().AddSingleton<UnreadBodies>().AddSingleton<Replay>().AddSingleton<NamedIntakes>()
            .AddSingleton<Confirmations>().AddSingleton<UnreadRetries>().AddSingleton<ReplayOrders>();
        return service
            .Endpoints(NamedIntakes.Map)
            .Jobs(quartz => quartz.ScheduleJob<Confirmations>(
                trigger => trigger.WithIdentity("gateway-confirmations").StartNow()
                    .WithSimpleSchedule(schedule => schedule.WithInterval(OrdersEvery).RepeatForever()),
                job => job.WithIdentity("gateway-confirmations")))
            .Jobs(quartz => quartz.ScheduleJob<ReplayOrders>(
                trigger => trigger.WithIdentity("gateway-replays").StartNow()
                    .WithSimpleSchedule(schedule => schedule.WithInterval(OrdersEvery).RepeatForever()),
                job => job.WithIdentity("gateway-replays")))
            .Jobs(quartz => quartz.ScheduleJob<UnreadRetries>(
                trigger => trigger.WithIdentity("gateway-unread").StartNow()
                    .WithSimpleSchedule(schedule => schedule.WithInterval(ReadAgainEvery).RepeatForever()),
                job => job.WithIdentity("gateway-unread")));
    }
}
