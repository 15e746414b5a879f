using System.Text.Json;
using Sigma.Contracts;
using Sigma.Fetcher.Coverage;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Fetcher.Events;

/// <summary>Reads the list of events while it comes in. A record that cannot be used is put aside, the others count.</summary>
internal sealed class EventReader(EventTime times, EventFilter filter)
{
    // Three such labels fit their column even when every character is written as \u1234. Cut short, two accounts could become one.
    const int LongestLabel = 50;
    const char Replacement = '\uFFFD';

    readonly KnownIds _ids = new();

    /// <exception cref="OverLimitException">There are as many records as an answer may have: the rest may have been cut off.</exception>
    /// <exception cref="NotAListException">The answer is no list.</exception>
    /// <exception cref="JsonException">The list does not end.</exception>
    public async Task<SliceAnswer> Read(Stream body, Slice slice, int limit, CancellationToken ct)
    {
        AnswerReading reading = new(slice, times, filter, _ids);
        await foreach (var record in JsonRecords.Split(body, ct))
        {
            if (++reading.Answer.Records >= limit)
                throw new OverLimitException($"the answer holds {limit} records, as many as an answer may have");
            reading.Add(record);
        }
        return reading.End();
    }

    /// <summary>One answer while it is read.</summary>
    sealed class AnswerReading(Slice slice, EventTime times, EventFilter filter, KnownIds ids)
    {
        readonly EventIdentity _identity = new(slice, ids);
        readonly Dictionary<(string, string, string), Dictionary<string, string>> _labels = [];

        public SliceAnswer Answer { get; } = new();

        public SliceAnswer End()
        {
            _identity.Settle(Answer.Events);
            return Answer;
        }

        public void Add(JsonRecord record)
        {
            var item = record.Element;
            if (record.Fault is { } fault)
                PutAside(record, MalformedRecord.NotJson, fault, null);
            else if (item.ValueKind == JsonValueKind.Null)
                PutAside(record, MalformedRecord.NotAnObject, "it is null", null);
            else if (item.ValueKind != JsonValueKind.Object)
                PutAside(record, MalformedRecord.NotAnObject, "it is not an object", null, isMisshapen: true);
            else
                Read(record, item);
        }

        void Read(JsonRecord record, JsonElement item)
        {
            var account = item.Text(FieldCounts.Account, out var accountFault);
            var code = item.Text(FieldCounts.Code, out var codeFault)?.ToUpperInvariant();
            var cuc = item.Text(FieldCounts.Cuc, out var cucFault)?.ToUpperInvariant();
            var id = item.Text(FieldCounts.Id, out var idFault);
            var occurrence = item.Text(FieldCounts.Occurrence, out var occurrenceFault);
            var time = times.Of(item, slice);
            Answer.Fields.Add(account, Has(item, FieldCounts.Code, code, codeFault), Has(item, FieldCounts.Cuc, cuc, cucFault),
                Has(item, FieldCounts.Id, id, idFault), Has(item, FieldCounts.Occurrence, occurrence, occurrenceFault), time.Own is not null);

            if (Fault(item, FieldCounts.Account, account, accountFault, MalformedRecord.NoAccount) is { } noAccount)
                PutAside(record, noAccount.Kind, noAccount.Reason, null, isMisshapen: noAccount.Kind != MalformedRecord.HalfCharacter);
            else if (Fault(item, FieldCounts.Code, code, codeFault, MalformedRecord.NoCode) is { } noCode)
                PutAside(record, noCode.Kind, noCode.Reason, account, isMisshapen: noCode.Kind != MalformedRecord.HalfCharacter);
            else if (FirstHalf(item, cucFault, idFault, occurrenceFault) is { } half)
                PutAside(record, MalformedRecord.HalfCharacter, half, account);
            else if (cucFault is not null)
                PutAside(record, MalformedRecord.NotText, cucFault, account);
            else if (TooLong(account!, code!, cuc) is { } field)
                PutAside(record, MalformedRecord.TooLong, $"{field} is longer than {LongestLabel} characters", account!.Length <= LongestLabel
                    ? account : null);
            else if (record.IsMended && (account!.Contains(Replacement) || code!.Contains(Replacement) || cuc?.Contains(Replacement) == true))
                PutAside(record, MalformedRecord.HalfCharacter, "accountId, code or cuc has bytes that are no UTF-8",
                    account.Contains(Replacement) ? null : account);
            else
                Count(record, account!, cuc ?? "", code!, id, occurrence, time, (idFault, occurrenceFault));
        }

        void Count(JsonRecord record, string account, string cuc, string code, string? id, string? occurrence, ReadTime time,
            (string? Id, string? Occurrence) faults)
        {
            Answer.UnusableTime ??= time.Unusable;
            var isWatched = filter.Includes(cuc, code);
            // Named before it is filtered, so that a change of the filter renames nothing.
            var eventId = _identity.Of(id, account, cuc, code, time.Own, isWatched ? Answer.Events.Count : null);
            if (!isWatched)
                return;
            foreach (var ignored in (ReadOnlySpan<string?>)[faults.Id, faults.Occurrence])
                if (ignored is not null)
                    Answer.Add(new MalformedRecord(MalformedRecord.NotText, $"{ignored}, it is left out", record.RawText(MalformedRecord.LongestRaw),
                        account, Used: true));
            NoteLength(record, FieldCounts.Id, id, account);
            NoteLength(record, FieldCounts.Occurrence, occurrence, account);
            if (time is { Own: not null, Reported: { } reported })
                Answer.TimeReplaced(account, reported);
            if (!_labels.TryGetValue((account, cuc, code), out var shared))
                _labels.Add((account, cuc, code), shared = new() { ["account"] = account, ["cuc"] = cuc, ["code"] = code });
            Answer.Events.Add(new MonitoredEvent
            {
                EventId = eventId,
                OccurredAt = time.Fitting ?? (slice.To - 1).ToTime(),
                Labels = shared,
                OccurrenceId = occurrence is null ? null : EventIdentity.Short(occurrence),
                ReportedTime = time.Reported,
            });
        }

        void NoteLength(JsonRecord record, string field, string? value, string account)
        {
            if (value?.Length > EventIdentity.Longest)
                Answer.Add(new MalformedRecord(MalformedRecord.TooLong,
                    $"{field} is longer than {EventIdentity.Longest} characters, a hash stands for it",
                    record.RawText(MalformedRecord.LongestRaw), account, Used: true));
        }

        void PutAside(JsonRecord record, string kind, string reason, string? account, bool isMisshapen = false)
        {
            if (record.Element.Text("messageKey") == OverLimitException.MessageKey)
                throw new OverLimitException(record.RawText(300));
            Answer.Add(new MalformedRecord(kind, reason, record.RawText(MalformedRecord.LongestRaw), account, Used: false), isMisshapen);
        }

        /// <summary>What is wrong with a field that every record has.</summary>
        static (string Kind, string Reason)? Fault(JsonElement item, string field, string? text, string? fault, string missing) =>
            text is not null ? null
            : fault is null ? (missing, $"{field} is missing")
            : (IsHalf(item, field) ? MalformedRecord.HalfCharacter : MalformedRecord.NotText, fault);

        static string? FirstHalf(JsonElement item, string? cucFault, string? idFault, string? occurrenceFault) =>
            cucFault is not null && IsHalf(item, FieldCounts.Cuc) ? cucFault
            : idFault is not null && IsHalf(item, FieldCounts.Id) ? idFault
            : occurrenceFault is not null && IsHalf(item, FieldCounts.Occurrence) ? occurrenceFault
            : null;

        static string? TooLong(string account, string code, string? cuc) =>
            account.Length > LongestLabel ? FieldCounts.Account
            : code.Length > LongestLabel ? FieldCounts.Code
            : cuc?.Length > LongestLabel ? FieldCounts.Cuc
            : null;

        // A text with half a character in it is a text.
        static bool IsHalf(JsonElement item, string field) => item.TextReadable(field) is not null;

        static bool Has(JsonElement item, string field, string? text, string? fault) =>
            text is not null || (fault is not null && IsHalf(item, field));
    }
}
