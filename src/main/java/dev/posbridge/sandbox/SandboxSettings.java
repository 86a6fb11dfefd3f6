package dev.posbridge.sandbox;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * How the sandbox behaves; {@link #defaults()} is a well-mannered Gameball with its documented quotas on any free port.
 *
 * @param port 0 takes any free one
 * @param latency how long each call works before it answers; one customer is busy for that long
 * @param jobLatency how long a batch job is queued before it runs
 * @param apiKey the only one accepted, or null for any that is not empty; the same for {@code secretKey}
 * @param pointsPerUnit points for one unit of currency, fractions of the order's sum are cut off
 * @param seed makes chances and request ids repeatable
 * @param otp the one-time password that every hold demands, or null where none is
 * @param faults what goes wrong from the start
 */
public record SandboxSettings(
        int port,
        QuotaRule quotas,
        Duration latency,
        Duration jobLatency,
        JobStatusShape jobStatusShape,
        JobEntryNames jobEntryNames,
        CustomerAnswer customerAnswer,
        String apiKey,
        String secretKey,
        Merging merging,
        BigDecimal pointsPerUnit,
        long seed,
        String otp,
        List<Fault> faults) {

    /** Whether the documented quotas are kept. */
    public enum QuotaRule {
        DOCUMENTED,
        OFF
    }

    /** Which of the two documented shapes a job's status has. */
    public enum JobStatusShape {
        FINISHED_COUNT,
        PROCESSED_ITEMS,
        /** Jobs with an odd number the first, others the second. */
        ALTERNATE
    }

    /** What names an object in a job's lists. */
    public enum JobEntryNames {
        BY_ORDER_ID,
        BY_CUSTOMER_ID_ONLY
    }

    /** Which of the two documented shapes {@code POST customers} answers. */
    public enum CustomerAnswer {
        GAMEBALL_ID,
        CUSTOMER,
        /** One call the first, the next the second. */
        ALTERNATE
    }

    public SandboxSettings {
        faults = List.copyOf(faults);
    }

    public static SandboxSettings defaults() {
        return new SandboxSettings(
                0,
                QuotaRule.DOCUMENTED,
                Duration.ZERO,
                Duration.ofMillis(20),
                JobStatusShape.FINISHED_COUNT,
                JobEntryNames.BY_ORDER_ID,
                CustomerAnswer.GAMEBALL_ID,
                null,
                null,
                Merging.NONE,
                BigDecimal.ONE,
                1,
                null,
                List.of());
    }

    public SandboxSettings withPort(int port) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }

    public SandboxSettings withQuotas(QuotaRule quotas) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }

    public SandboxSettings withLatency(Duration latency) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }

    public SandboxSettings withJobLatency(Duration jobLatency) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }

    public SandboxSettings withJobStatusShape(JobStatusShape jobStatusShape) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }

    public SandboxSettings withJobEntryNames(JobEntryNames jobEntryNames) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }

    public SandboxSettings withCustomerAnswer(CustomerAnswer customerAnswer) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }

    public SandboxSettings withKeys(String apiKey, String secretKey) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }

    public SandboxSettings withMerging(Merging merging) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }

    public SandboxSettings withPointsPerUnit(BigDecimal pointsPerUnit) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }

    public SandboxSettings withSeed(long seed) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }

    public SandboxSettings withFaults(List<Fault> faults) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }

    public SandboxSettings withOtp(String otp) {
        return new SandboxSettings(
                port,
                quotas,
                latency,
                jobLatency,
                jobStatusShape,
                jobEntryNames,
                customerAnswer,
                apiKey,
                secretKey,
                merging,
                pointsPerUnit,
                seed,
                otp,
                faults);
    }
}
