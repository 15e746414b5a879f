using System.Globalization;
using System.Text.Json;

namespace Sigma.Simulator.Segware;

/// <summary>Writes what Segware answers, in the spelling the switches say.</summary>
internal sealed class SegwareJson(SimulatorOptions options)
{
    private const string IsoMilliseconds = "yyyy-MM-dd'T'HH:mm:ss.fff";
    private static readonly TimeSpan Brasilia = TimeSpan.FromHours(-3);

    private readonly SegwareSwitches _switches = options.Segware;

    public void Event(Utf8JsonWriter json, SegwareEvent e)
    {
        if (e.Raw is { } raw)
        {
            json.WriteRawValue(raw, skipInputValidation: true);
            return;
        }

        json.WriteStartObject();
        if (_switches.EventId)
        {
            Id(json, "id", e.Id!, _switches.IdFormat);
        }

        AccountScopedId(json, "accountId", e.AccountId);
        json.WriteString("code", e.Code);
        json.WriteString("cuc", e.Cuc);
        OccurrenceId(json, e.OccurrenceId);
        if (_switches.TimeField.Length > 0)
        {
            Time(json, _switches.TimeField, e.At);
        }

        json.WriteEndObject();
    }

    public void Occurrence(Utf8JsonWriter json, Occurrence o)
    {
        json.WriteStartObject();
        Id(json, "id", o.Id, _switches.IdFormat);
        if (o.AccountId is { } accountId)
        {
            AccountScopedId(json, "accountId", accountId);
        }

        json.WriteEndObject();
    }

    public void Account(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject();
        AccountScopedId(json, "id", account.Id);
        json.WriteString("accountCode", account.AccountCode);
        AccountScopedId(json, "companyId", account.CompanyId);
        if (account.ClientGroupId is { } group)
        {
            AccountScopedId(json, "clientGroupId", group);
        }

        json.WriteString("tradeName", account.TradeName);
        json.WriteStartArray("partitions");
        json.WriteStartObject();
        json.WriteString("number", "000");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void Company(Utf8JsonWriter json, Company company) => Named(json, company.Id, "tradeName", company.TradeName);

    public void Group(Utf8JsonWriter json, ClientGroup group) => Named(json, group.Id, "name", group.Name);

    private void Named(Utf8JsonWriter json, long id, string nameField, string name)
    {
        json.WriteStartObject();
        AccountScopedId(json, "id", id);
        json.WriteString(nameField, name);
        json.WriteEndObject();
    }

    private void OccurrenceId(Utf8JsonWriter json, string? id)
    {
        if (_switches.OccurrenceId == OccurrenceIdPresence.Never || (id is null && _switches.OccurrenceId == OccurrenceIdPresence.WhenThereIsOne))
        {
            return;
        }

        json.WriteString("occurrenceId", id);
    }

    private void Time(Utf8JsonWriter json, string name, DateTimeOffset at)
    {
        switch (_switches.TimeFormat)
        {
            case EventTimeFormat.EpochMilliseconds:
                json.WriteNumber(name, at.ToUnixTimeMilliseconds());
                break;
            case EventTimeFormat.IsoBrasilia:
                json.WriteString(name, at.ToOffset(Brasilia).ToString(IsoMilliseconds + "zzz", CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteString(name, at.ToString(IsoMilliseconds + "'Z'", CultureInfo.InvariantCulture));
                break;
        }
    }

    private void AccountScopedId(Utf8JsonWriter json, string name, long id) =>
        Id(json, name, id.ToString(CultureInfo.InvariantCulture), _switches.AccountIdFormat);

    private static void Id(Utf8JsonWriter json, string name, string id, IdFormat format)
    {
        if (format == IdFormat.Number && long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteString(name, id);
        }
    }
}
