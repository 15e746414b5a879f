using System.Text.Json;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Received;

namespace Sigma.Simulator.Segware;

/// <summary>POST /v3/events/alarm: checks the items, keeps them, and lets them come back as events.</summary>
internal sealed class AlarmIntake(
    SimulatorOptions options, SegwareStore store, ReceivedLog received, SegwareErrors errors, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Spelling = new(JsonSerializerDefaults.Web);

    public async Task<IResult> Take(HttpRequest request)
    {
        var body = await Read(request);
        if (body?.Events is not { Count: > 0 } items || items.Any(item => !IsComplete(item)))
        {
            return errors.Answer(
                StatusCodes.Status400BadRequest, "invalid_event",
                $"Evento inválido: account, companyId e code são obrigatórios; textos até {options.Segware.EventTextLimit} caracteres.");
        }

        foreach (var item in items)
        {
            Keep(item, !FaultInjection.BreaksOff(request.HttpContext));
        }

        return Results.Json(new { events = items.Count }, statusCode: options.Segware.AlarmStatus);
    }

    private void Keep(AlarmItem item, bool answered)
    {
        var now = clock.GetUtcNow();
        var account = store.Accounts.FindByCode(item.CompanyId!.Value, item.Account!, options.Segware.GenerateAccounts);
        received.Add(new ReceivedAlarmEvent(now, account?.Id, item, answered));
        if (account is not null)
        {
            store.Add(new SegwareEvent
            {
                AccountId = account.Id, Cuc = options.Segware.InjectedCuc, Code = item.Code!, At = now, Injected = true,
            });
        }
    }

    private bool IsComplete(AlarmItem item) =>
        !string.IsNullOrWhiteSpace(item.Account)
        && item.CompanyId is not null
        && !string.IsNullOrWhiteSpace(item.Code)
        && (item.Complement?.Length ?? 0) <= options.Segware.EventTextLimit
        && (item.EventLog?.Length ?? 0) <= options.Segware.EventTextLimit;

    private static async Task<AlarmRequest?> Read(HttpRequest request)
    {
        try
        {
            return await request.ReadFromJsonAsync<AlarmRequest>(Spelling, request.HttpContext.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed record AlarmRequest(IReadOnlyList<AlarmItem>? Events);
}
